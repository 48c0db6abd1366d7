"""A filling as a FHIR R4 QuestionnaireResponse (`write.py`), and a response of any program read again (`read.py`)."""
