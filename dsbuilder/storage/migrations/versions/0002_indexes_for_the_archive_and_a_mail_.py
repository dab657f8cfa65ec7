"""Indexes for the archive, and a mail without what its job says."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table('dossier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dossier_deposited'))
        batch_op.drop_index(batch_op.f('ix_dossier_group'))
        batch_op.create_index('ix_dossier_archived', ['procedure_id', 'archived', 'deposited_at', 'id'], unique=False)

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_column('attempts')
        batch_op.drop_column('failed_at')


def downgrade() -> None:

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('dossier', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_archived')
        batch_op.create_index(batch_op.f('ix_dossier_group'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dossier_deposited'), ['procedure_id', 'deposited_at', 'id'], unique=False)


