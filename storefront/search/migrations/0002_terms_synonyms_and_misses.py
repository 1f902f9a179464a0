from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_title_and_body_in_one_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Miss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=60, unique=True, verbose_name='words')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='how often')),
                ('last_at', models.DateTimeField(verbose_name='last time')),
            ],
            options={
                'verbose_name': 'search without a result',
                'verbose_name_plural': 'searches without a result',
                'default_permissions': ('view', 'delete'),
            },
        ),
        migrations.CreateModel(
            name='Synonyms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(help_text='With commas between, in both languages: jaggery, gur, गुड़. Spellings of one word in either script are found anyway.', max_length=500, verbose_name='words that mean the same')),
            ],
            options={
                'verbose_name': 'synonyms',
                'verbose_name_plural': 'synonyms',
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('word', 'word'), ('craft', 'craft'), ('district', 'district'), ('maker', 'maker'), ('product', 'product')], max_length=10)),
                ('text_en', models.CharField(max_length=255)),
                ('text_hi', models.CharField(blank=True, max_length=255)),
                ('others', models.CharField(blank=True, max_length=200)),
                ('slug', models.CharField(blank=True, max_length=255)),
                ('number', models.BigIntegerField(default=0)),
                ('place', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug', 'number', 'text_en'), name='search_term_once')],
            },
        ),
    ]
