"""What a refund gives back for which pieces, and a second person above a limit."""

import django.db.models.deletion
import storefront.payment.rules
from django.conf import settings
from django.db import migrations, models


KEEP = """
CREATE TRIGGER payment_refundline_stays BEFORE UPDATE OR DELETE ON payment_refundline
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();
"""
LET_GO = "DROP TRIGGER payment_refundline_stays ON payment_refundline;"


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0024_cancelled_pieces'),
        ('payment', '0008_disputes_and_differences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RefundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('shipping', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
            ],
        ),
        migrations.AddField(
            model_name='refund',
            name='again_for',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='payment.refund'),
        ),
        migrations.AddField(
            model_name='refund',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='cancellation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refund', to='order.cancellation'),
        ),
        migrations.AddField(
            model_name='refund',
            name='needs_approval',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='refund',
            name='state',
            field=models.CharField(choices=[('to-approve', 'to-approve'), ('declined', 'declined'), ('new', 'new'), ('pending', 'pending'), ('succeeded', 'succeeded'), ('failed', 'failed'), ('review', 'review')], default=storefront.payment.rules.RefundState['NEW'], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', models.F('requested_by')), _negated=True), name='payment_refund_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('needs_approval', False), ('approved_by__isnull', False), ('state__in', [storefront.payment.rules.RefundState['TO_APPROVE'], storefront.payment.rules.RefundState['DECLINED']]), _connector='OR'), name='payment_refund_waits_for_approval'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunded', to='order.line'),
        ),
        migrations.AddField(
            model_name='refundline',
            name='refund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payment.refund'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.UniqueConstraint(fields=('refund', 'line'), name='payment_line_once_a_refund'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='payment_refunds_pieces'),
        ),
        migrations.AddConstraint(
            model_name='refundline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('shipping__gte', 0)), name='payment_refunds_no_charge'),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
