"""The tokens of reference APIs, and the last try of each field that asks one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004_treatment_of_files'
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'reference_token',
        sa.Column('procedure_id', ID, nullable=False),
        sa.Column('host', sa.String(), nullable=False),
        sa.Column('header', sa.String(), nullable=False),
        sa.Column('sealed', sa.String(), nullable=False),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['procedure_id'], ['procedure.id'], name=op.f('fk_reference_token_procedure_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('procedure_id', 'host', name=op.f('pk_reference_token')),
    )
    op.create_table(
        'reference_try',
        sa.Column('procedure_id', ID, nullable=False),
        sa.Column('field_id', ID, nullable=False),
        sa.Column('mark', sa.String(), nullable=False),
        sa.Column('went_well', sa.Boolean(), nullable=False),
        sa.Column('told', DOCUMENT, nullable=False),
        sa.Column('tried_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['procedure_id'], ['procedure.id'], name=op.f('fk_reference_try_procedure_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('procedure_id', 'field_id', name=op.f('pk_reference_try')),
    )


def downgrade() -> None:
    op.drop_table('reference_try')
    op.drop_table('reference_token')
