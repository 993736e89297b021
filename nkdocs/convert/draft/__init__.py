"""The embedded draft engine: it draws a Word document as PDF without Word or LibreOffice."""
