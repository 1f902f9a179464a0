"""Pieces that are kept for a basket until a time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('basket', '0013_zila'),
        ('partner', '0010_held_until'),
        ('stock', '0001_zila'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stockmovement',
            name='reason',
            field=models.CharField(choices=[('import', 'import'), ('edit', 'edit'), ('hold', 'hold'), ('sale', 'sale'), ('release', 'release'), ('shipped', 'shipped'), ('return', 'return'), ('damage', 'damage')], max_length=12),
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
                ('basket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='basket.basket')),
                ('stockrecord', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='partner.stockrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('basket', 'stockrecord'), name='stock_one_hold_a_basket_and_record'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='stock_hold_has_pieces')],
            },
        ),
    ]
