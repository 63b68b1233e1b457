#!/usr/bin/env bash
# Two lines between the same two places are two edges of a `MultiGraph` in networkx. `bridges`, `has_bridges` and `find_cycle` count them as
# two. `edge_connectivity`, `minimum_edge_cut` and `edge_disjoint_paths` take the same graph and count them as one, without a message: a
# site that has two lines on each part of its way hangs on one line, the cut that is given does not cut (what is left of the graph
# without it is connected), and no second way is found. In a pair or a triangle `edge_connectivity` happens to be right, since the least
# degree, which counts each line, is all it looks at there. Other functions of the kind refuse such a graph (`stoer_wagner`,
# `maximum_flow`, `is_k_edge_connected`). The documentation of the three says "undirected graph"; no issue of it was found. igraph is
# right about the same lines, and so is networkx where each line is a node of its own.
# Needs python3. Seen with networkx 3.6.1 and igraph 1.0.0.
# cenguard has no such graph: each package, limit and peer between two regions counts by itself
# (cenguard/network/connectivity.py); tests/rules/money/test_lost_connectivity.py has a pair with two peers.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check networkx==3.6.1 igraph==1.0.0
cat > program.py <<'PY'
import igraph
import networkx as nx

SITE = nx.MultiGraph([("idc", "cen", "line 1"), ("idc", "cen", "line 2"), ("cen", "vpc", "line 3"), ("cen", "vpc", "line 4")])
RING = nx.MultiGraph((place, (place + 1) % 4, line) for place in range(4) for line in "ab")


def told(name, graph, start, end):
    cut = nx.minimum_edge_cut(graph)
    left = graph.copy()
    left.remove_edges_from(cut)
    ways = len(list(nx.edge_disjoint_paths(graph, start, end)))
    print(f"{name}, networkx: connectivity {nx.edge_connectivity(graph)}, from one to the other {nx.edge_connectivity(graph, start, end)}")
    print(f"{name}, networkx: a cut of {len(cut)}, connected without it: {nx.is_connected(left)}; ways without a line in common {ways}")
    print(f"{name}, networkx: bridges {list(nx.bridges(graph))}, least degree {min(degree for _, degree in graph.degree)}")
    each = nx.Graph()
    for one, other, line in graph.edges(keys=True):  # each line as a node of its own
        nx.add_path(each, (one, (one, other, line), other))
    print(f"{name}, lines as nodes: ways without a line in common {len(list(nx.edge_disjoint_paths(each, start, end)))}")
    other = igraph.Graph.TupleList((one, to) for one, to, _ in graph.edges)
    ends = [other.vs.find(name=node).index for node in (start, end)]
    print(f"{name}, igraph: connectivity {other.edge_connectivity()}, from one to the other {other.edge_connectivity(*ends)}")


told("site", SITE, "idc", "vpc")
told("ring", RING, 0, 2)
for refuses, ask in {
    "stoer_wagner": lambda: nx.stoer_wagner(SITE),
    "maximum_flow": lambda: nx.maximum_flow(SITE, "idc", "vpc"),
    "is_k_edge_connected": lambda: nx.is_k_edge_connected(SITE, 2),
}.items():
    try:
        print(refuses, "answers", ask())
    except (nx.NetworkXError, nx.NetworkXNotImplemented) as error:
        print(f"{refuses} refuses: {error}")
PY
env/bin/python program.py | tee seen
for line in \
    "site, networkx: connectivity 1, from one to the other 1" \
    "site, networkx: a cut of 1, connected without it: True; ways without a line in common 1" \
    "site, networkx: bridges [], least degree 2" \
    "site, lines as nodes: ways without a line in common 2" \
    "site, igraph: connectivity 2, from one to the other 2" \
    "ring, networkx: connectivity 2, from one to the other 2" \
    "ring, networkx: a cut of 2, connected without it: True; ways without a line in common 2" \
    "ring, lines as nodes: ways without a line in common 4" \
    "ring, igraph: connectivity 4, from one to the other 4"; do
    grep -qxF "$line" seen
done
[ "$(grep -c refuses seen)" = 3 ]
echo "as before"
