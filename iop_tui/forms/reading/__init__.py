"""From the bytes of a FHIR R4 Questionnaire to a form, with a finding for what cannot be taken as it stands."""
