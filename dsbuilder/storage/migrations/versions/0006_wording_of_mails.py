"""The mails of a procedure as its administrators word them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0006_wording_of_mails'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'mail_wording',
        sa.Column('procedure_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('event', sa.String(), nullable=False),
        sa.Column('document', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.ForeignKeyConstraint(
            ['changed_by'], ['account.id'], name=op.f('fk_mail_wording_changed_by'), ondelete='SET NULL'
        ),
        sa.ForeignKeyConstraint(
            ['procedure_id'], ['procedure.id'], name=op.f('fk_mail_wording_procedure_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('procedure_id', 'event', name=op.f('pk_mail_wording')),
    )


def downgrade() -> None:
    op.drop_table('mail_wording')
