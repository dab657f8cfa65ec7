"""An index of the dossiers that await their purge; one that no list used goes."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

AWAITING = sa.text('discarded_at IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_dossier_state', table_name='dossier')
    op.create_index('ix_dossier_discarded', 'dossier', ['discarded_at'], sqlite_where=AWAITING, postgresql_where=AWAITING)


def downgrade() -> None:
    op.drop_index('ix_dossier_discarded', table_name='dossier')
    op.create_index('ix_dossier_state', 'dossier', ['procedure_id', 'state', 'deposited_at', 'id'])
