"""Buildings, classes, pupils, guardians, staff: what the school system tells (SVC-09).

Names, dates of birth and numbers of persons are sealed; persons are found by marks.
"""

import sqlalchemy as sa

from gateway.storage.database import contour_metadata
from gateway.storage.types import Sealed

municipality = sa.Table(
    "municipality",
    contour_metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("participant", sa.Text),  # whose role OMSU has this municipality as its scope
)
sa.Index("municipality_participant", municipality.c.participant)

building = sa.Table(
    "building",
    contour_metadata,
    sa.Column("school", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("is_closed", sa.Boolean, nullable=False, server_default=sa.false()),
)

school_class = sa.Table(
    "school_class",
    contour_metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parallel", sa.Integer, nullable=False),
    sa.Column("teacher", sa.Text),
    sa.Column("is_closed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("school_class_school", school_class.c.school)

pupil = sa.Table(
    "pupil",
    contour_metadata,
    sa.Column("id", sa.Text, primary_key=True),  # of the school system
    sa.Column("account", sa.Text, nullable=False, unique=True),  # one for life (H-16)
    sa.Column("name", Sealed("pupil.name"), nullable=False),
    sa.Column("birth_date", Sealed("pupil.birth_date"), nullable=False),
    sa.Column("snils_mark", sa.LargeBinary),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("is_home_study", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # of the item: what UNCHANGED means
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("pupil_class", pupil.c.class_code)

guardian = sa.Table(
    "guardian",
    contour_metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", Sealed("guardian.name"), nullable=False),
    sa.Column("snils_mark", sa.LargeBinary),
    sa.Column("esia_mark", sa.LargeBinary),
    sa.Column("is_closed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("guardian_snils", guardian.c.snils_mark)
sa.Index("guardian_esia", guardian.c.esia_mark)

guardian_pupil = sa.Table(
    "guardian_pupil",
    contour_metadata,
    sa.Column("guardian", sa.Text, primary_key=True),
    sa.Column("pupil", sa.Text, primary_key=True),
    sa.Column("relation", sa.Text, nullable=False),
)
sa.Index("guardian_pupil_pupil", guardian_pupil.c.pupil)

staff = sa.Table(
    "staff",
    contour_metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", Sealed("staff.name"), nullable=False),
    sa.Column("snils_mark", sa.LargeBinary),
    sa.Column("esia_mark", sa.LargeBinary),
    sa.Column("role", sa.Text, nullable=False),  # CLASS_TEACHER or MEAL_ADMIN
    sa.Column("school", sa.Text),
    sa.Column("is_closed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("staff_snils", staff.c.snils_mark)
sa.Index("staff_esia", staff.c.esia_mark)

staff_class = sa.Table(
    "staff_class",
    contour_metadata,
    sa.Column("staff", sa.Text, primary_key=True),
    sa.Column("class_code", sa.Text, primary_key=True),
)
sa.Index("staff_class_class", staff_class.c.class_code)
