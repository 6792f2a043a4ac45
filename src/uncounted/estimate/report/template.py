"""The words and form of the report page; autoescaped, and pictures are SVG of our own."""

TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { font: 16px/1.5 Georgia, serif; color: #22313f; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-weight: normal; line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #c9d3dc; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem .25rem 0;
  vertical-align: top; border-bottom: 1px solid #e6ebef; } td.n, th.n { text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; overflow-x: auto; } svg { max-width: 100%; height: auto; }
.said { color: #a83232; } .small { font-size: .85rem; color: #55636f; word-break: break-all; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } figure { break-inside: avoid; } }
</style></head><body>
<h1>{{ title }}</h1>
<p>{{ table.observed|people }} people are recorded by {{ table.lists|length }} lists. What follows asks how many there
were in all. It is an estimate, apart from any toll of recorded people, and is never added to one.</p>
<h2>What the lists share</h2>
<figure>{{ pictures.overlaps|safe }}</figure>
<table><tr><th>lists</th><th class="n">shared people</th></tr>
{% for pair, count in shown.overlaps.items() %}<tr><td>{{ pair }}</td><td class="n">{{ count|people }}</td></tr>
{% endfor %}</table>
<p>{{ (100 * shown.on_one_list_only)|round|int }} % of the recorded people are on one list only;
{{ shown.empty_patterns }} of {{ shown.patterns }} patterns are empty.
{% if shown.thin_pairs %}<span class="said">Fewer than five are shared by {{ shown.thin_pairs|join(", ") }}.</span>
{% endif %}{% if shown.nested %}<span class="said">Wholly within another list: {{ shown.nested|join(", ") }}.</span>
{% endif %}</p>
<h2>What each engine says</h2>
<table><tr><th>engine</th><th class="n">median</th><th class="n">low</th><th class="n">high</th>
<th>takes for granted</th></tr>{% for e in found %}<tr><td>{{ e.model }}</td><td class="n">{{ e.median|people }}</td>
<td class="n">{{ e.low|people }}</td><td class="n">{{ e.high|people }}</td><td>{{ assumes[e.model] }}</td>
</tr>{% endfor %}
{% for name, why in refused.items() %}<tr><td>{{ name }}</td><td colspan="4" class="said">No number. {{ why }}</td></tr>
{% endfor %}</table>
<figure>{{ pictures.engines|safe }}</figure>
<p>Low to high is the {{ (100 * level)|round|int }} % interval of each engine, given what it takes for granted. No
engine sees a group of people that no list could reach.</p>
<h2>What to know before using a number</h2>
<ul>{% for e in found %}{% for w in e.warnings %}<li><b>{{ e.model }}</b>: {{ w }}</li>{% endfor %}{% endfor %}</ul>
<h2>How sure each engine is</h2>
<figure>{{ pictures.densities|safe }}</figure>
<table>{% for what, value in facts %}<tr><td>{{ what }}</td><td>{{ value }}</td></tr>{% endfor %}</table>
<h2>What would change it</h2>
{% if pictures.xi is defined %}<figure>{{ pictures.xi|safe }}</figure><p>Every data set of lists leaves one number
open: how the chance of being on all lists at once departs from what smaller overlaps say. The curve shows the answer
for other values than the usual 1.</p>{% endif %}
{% if pictures.lists is defined %}<figure>{{ pictures.lists|safe }}</figure>
<p>An answer that moves much when one list is left out rests on that list.</p>{% endif %}
<h2>To make this again</h2>
<p class="small">seed {{ seed }} · table SHA-256 {{ shown.table }} · lists {{ table.lists|join(", ") }}</p>
</body></html>
"""
