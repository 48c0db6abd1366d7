"""The review packet: a screening as a document for a clinical lead, who reads, marks and signs it."""
