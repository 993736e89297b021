"""One filing, start to finish: answers -> page map -> documents -> packet, verified."""
