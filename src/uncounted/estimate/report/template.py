"""The words and form of the report page; autoescaped, and pictures are SVG of our own."""

TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ content.title }}</title>
<style>
body { font: 16px/1.5 Georgia, serif; color: #22313f; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-weight: normal; line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #c9d3dc; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem .25rem 0;
  vertical-align: top; border-bottom: 1px solid #e6ebef; } td.n, th.n { text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; overflow-x: auto; } svg { max-width: 100%; height: auto; }
.said { color: #a83232; }
.answer { font-size: 1.3rem; line-height: 1.35; }
.small { font-size: .85rem; color: #55636f; word-break: break-all; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } figure { break-inside: avoid; } }
</style></head><body>
<h1>{{ content.title }}</h1>
<p>{{ content.table.observed|people }} people are recorded by {{ content.table.lists|length }} lists. What follows asks
how many there were in all. It is an estimate, apart from any toll of recorded people, and is never added to one.</p>
<h2>What the lists share</h2>
<figure>{{ pictures.overlaps|safe }}</figure>
<table><tr><th>lists</th><th class="n">shared people</th></tr>
{% for pair, count in content.shown.overlaps.items() %}<tr><td>{{ pair }}</td><td class="n">{{ count|people }}</td></tr>
{% endfor %}</table>
<p>{{ (100 * content.shown.on_one_list_only)|round|int }} % of the recorded people are on one list only;
{{ content.shown.empty_patterns }} of {{ content.shown.patterns }} kinds of people are empty.
{% if content.shown.thin_pairs %}<span class="said">Fewer than five are shared by
{{ content.shown.thin_pairs|join(", ") }}.</span>
{% endif %}{% if content.shown.nested %}<span class="said">Wholly within another list:
{{ content.shown.nested|join(", ") }}.</span>{% endif %}</p>
<h2>What these lists can tell</h2>
<ul>{% for said in content.identified %}<li>{{ said }}</li>{% endfor %}</ul>
<h2>The answer</h2>
{% set leading = content.recommended %}
{% if leading %}<p class="answer">{{ leading.median|people }} people in all, between {{ leading.low|people }} and
{{ leading.high|people }} with {{ (100 * content.level)|round|int }} % probability, given what the recommended engine
({{ recommended }}) takes for granted.</p>
{% else %}<p class="answer said">No number by the recommended engine. {{ content.refused[recommended] }}</p>{% endif %}
<table><tr><th>engine</th><th class="n">median</th><th class="n">low</th><th class="n">high</th>
<th>takes for granted</th></tr>{% for e in content.found %}<tr><td>{{ e.model }}</td>
<td class="n">{{ e.median|people }}</td><td class="n">{{ e.low|people }}</td><td class="n">{{ e.high|people }}</td>
<td>{{ assumes[e.model] }}</td></tr>{% endfor %}
{% for name, why in content.refused.items() %}<tr><td>{{ name }}</td>
<td colspan="4" class="said">No number. {{ why }}</td>
</tr>{% endfor %}</table>
<figure>{{ pictures.engines|safe }}</figure>
<p>Low to high is the {{ (100 * content.level)|round|int }} % interval of each engine, given what it takes for granted.
{% if content.linkages > 1 %}The links are doubtful; {{ content.linkages }} draws of them were made, and the table is of
the first.{% else %}The links between lists are taken as given.{% endif %}</p>
<h2>What to know before using a number</h2>
<ul>{% for e in content.found %}{% for w in e.warnings %}<li><b>{{ e.model }}</b>: {{ w }}</li>{% endfor %}
{% endfor %}</ul>
<h2>What would change it</h2>
{% for curve in content.curves %}<figure>{{ pictures[curve.name]|safe }}</figure><p>{{ curve.said }}</p>{% endfor %}
<h2>How sure each engine is</h2>
<figure>{{ pictures.densities|safe }}</figure>
{% if content.predictive %}<table><tr><th>does the recommended engine foretell what was seen?</th>
<th class="n">seen</th><th class="n">foretold, 95 %</th></tr>
{% for p in content.predictive %}<tr><td>{{ p.what }}</td><td class="n{% if not p.low <= p.observed <= p.high %} said
{% endif %}">{{ p.observed|people }}</td><td class="n">{{ p.low|people }} to {{ p.high|people }}</td></tr>{% endfor %}
</table>{% endif %}
<table>{% for what, value in content.facts %}<tr><td>{{ what }}</td><td>{{ value }}</td></tr>{% endfor %}</table>
<h2>To make this again</h2>
<p class="small">seed {{ content.seed }} · counts of patterns, SHA-256 {{ content.shown.table }} · lists
{{ content.table.lists|join(", ") }}</p>
</body></html>
"""
