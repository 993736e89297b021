"""The application: every command, in the order in which a case comes to need them."""

from nkdocs.cli import (
    batch,
    begin,
    cases,
    copies,
    diff,
    law,
    locks,
    overview,
    papers,
    templates,
    tools,
)
from nkdocs.cli import interview as interviews
from nkdocs.cli.bare import bare

app = bare()
tools.begin(app)  # in the order in which a case comes to need them: so --help lists them
begin.register(app)
interviews.register(app)
papers.register(app)
cases.register(app)
copies.register(app)
overview.register(app)
batch.register(app)
diff.register(app)
law.register(app)
locks.register(app)
tools.register(app)
templates.register(app)
batch.register_sheet()
