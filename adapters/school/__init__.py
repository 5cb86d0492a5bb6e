"""The school system: institutions, classes, pupils, guardians, staff, attendance (SVC-09)."""
