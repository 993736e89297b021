"""Pin-cites: (exhibit, page) <-> tab and page of the bundle. Pure: no file, clock or terminal."""
