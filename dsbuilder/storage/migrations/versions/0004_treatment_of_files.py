"""What a file of an identity document goes through: its watermark, then its purge."""

import sqlalchemy as sa
from alembic import op

revision = '0004_treatment_of_files'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('stored_file', sa.Column('treatment', sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column('stored_file', 'treatment')
