"""Word documents and photos become PDF: LibreOffice, the embedded draft engine, images."""
