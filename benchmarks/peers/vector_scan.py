"""Exact scans of unit vectors: the 200 nearest of a query, by faiss where it is there, and by numpy.

usage: vector_scan.py [ITEMS...]   prints one JSON object a line; one thread
"""

import json
import os
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy  # noqa: E402, after the number of threads

DIMENSIONS, NEAREST, QUERIES, ROUNDS = 128, 200, 40, 5


def units(rows, seed):
    vectors = numpy.random.default_rng(seed).standard_normal((rows, DIMENSIONS), dtype="float32")
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def by_numpy(vectors):
    def nearest(query):
        products = vectors @ query
        best = numpy.argpartition(-products, min(NEAREST, len(products) - 1))[:NEAREST]
        return best[numpy.argsort(-products[best])]

    return nearest


def by_faiss(vectors):
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(DIMENSIONS)
    index.add(vectors)
    return lambda query: index.search(query[None], min(NEAREST, len(vectors)))[1][0]


def least_millis(nearest, queries):
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for query in queries:
            nearest(query)
        least = min(least, (time.process_time() - start) / len(queries) * 1e3)
    return least


def main():
    for items in map(int, sys.argv[1:] or ["1000", "17000", "100000", "1000000"]):
        vectors, queries = units(items, 1), units(QUERIES, 2)
        for name, peer in (("numpy", by_numpy), ("faiss", by_faiss)):
            try:
                nearest = peer(vectors)
            except ImportError:
                continue
            line = {"benchmark": "index", "peer": name, "items": items, "dimensions": DIMENSIONS}
            print(json.dumps(line | {"scan_cpu_ms": least_millis(nearest, queries)}), flush=True)


if __name__ == "__main__":
    main()
