"""Languages: PO files, plural forms, a screening in another language, the third person."""
