"""Pieces of an order that were taken back: counted on the line, told by rows that stay."""

import django.db.models.deletion
import storefront.order.rules
from django.conf import settings
from django.db import migrations, models


KEEP = """
CREATE TRIGGER order_cancelledline_stays BEFORE UPDATE OR DELETE ON order_cancelledline
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();

CREATE FUNCTION order_check_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told bigint;
BEGIN
    SELECT coalesce(sum(c.quantity), 0) INTO told
        FROM order_cancelledline c JOIN order_cancellation o ON o.id = c.cancellation_id
        WHERE c.line_id = NEW.id AND o.state = 'done';
    IF told <> (SELECT cancelled_quantity FROM order_line WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'line % counts other pieces as cancelled than its rows: %', NEW.id, told
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_counts_cancelled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_line_counts_cancelled AFTER UPDATE OF cancelled_quantity
    ON order_line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION order_check_cancelled();
"""
LET_GO = """
DROP TRIGGER order_line_counts_cancelled ON order_line;
DROP FUNCTION order_check_cancelled();
DROP TRIGGER order_cancelledline_stays ON order_cancelledline;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0034_lists_of_what_is_live'),
        ('order', '0023_sellers_terms'),
        ('core', '0002_refuse_change'),
        ('partner', '0011_seller_rates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=140)),
                ('asker', models.CharField(choices=[('buyer', 'buyer'), ('seller', 'seller'), ('staff', 'staff')], max_length=10)),
                ('why', models.CharField(choices=[('changed-mind', 'changed-mind'), ('mistake', 'mistake'), ('too-slow', 'too-slow'), ('sold-out', 'sold-out'), ('broken', 'broken'), ('cannot-send', 'cannot-send'), ('buyer-asked', 'buyer-asked'), ('fraud', 'fraud'), ('not-arrived', 'not-arrived'), ('faulty', 'faulty'), ('wrong-piece', 'wrong-piece'), ('came-back', 'came-back'), ('other', 'other')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('declined', 'declined')], max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='CancelledLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('goods', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('delivery', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('has_left', models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name='line',
            name='cancelled_quantity',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_quantity__lte', models.F('quantity'))), name='order_line_cancelled_within_quantity'),
        ),
        migrations.AddField(
            model_name='cancellation',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cancellation',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cancellations', to='order.order'),
        ),
        migrations.AddField(
            model_name='cancelledline',
            name='cancellation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='order.cancellation'),
        ),
        migrations.AddField(
            model_name='cancelledline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cancelled', to='order.line'),
        ),
        migrations.AddConstraint(
            model_name='cancellation',
            constraint=models.UniqueConstraint(fields=('order', 'key'), name='order_one_cancellation_a_wish'),
        ),
        migrations.AddConstraint(
            model_name='cancellation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', storefront.order.rules.CancellationState['WAITING'])), fields=('order',), name='order_one_waiting_cancellation'),
        ),
        migrations.AddConstraint(
            model_name='cancelledline',
            constraint=models.UniqueConstraint(fields=('cancellation', 'line'), name='order_line_once_a_cancellation'),
        ),
        migrations.AddConstraint(
            model_name='cancelledline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='order_cancelled_has_pieces'),
        ),
        migrations.AddConstraint(
            model_name='cancelledline',
            constraint=models.CheckConstraint(condition=models.Q(('delivery__gte', 0), ('goods__gte', 0)), name='order_cancelled_is_no_charge'),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
