"""Residual k-means by faiss, on the vectors that `benchmarks/run kmeans` wrote.

usage: kmeans.py [DIRECTORY [DIMENSIONS [LEVELS [WIDTH [ITERATIONS]]]]]   prints one JSON object
"""

import json
import sys
import time

import faiss
import numpy


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else "target/clustering"
    dimensions, levels, width, iterations = (
        int(sys.argv[at]) if len(sys.argv) > at else default
        for at, default in ((2, 768), (3, 2), (4, 256), (5, 20))
    )
    points = numpy.fromfile(directory + "/points.f32", dtype="<f4").reshape(-1, dimensions)
    squares = float((points.astype("float64") ** 2).sum())
    faiss.omp_set_num_threads(1)
    start = time.process_time()
    for level in range(levels):
        kmeans = faiss.Kmeans(
            dimensions, width, niter=iterations, seed=1 + level, max_points_per_centroid=len(points)
        )
        kmeans.train(points)
        points = points - kmeans.centroids[kmeans.index.search(points, 1)[1][:, 0]]
    spent = time.process_time() - start
    error = float((points.astype("float64") ** 2).sum()) / squares
    line = {"benchmark": "kmeans", "peer": "faiss " + faiss.__version__, "points": len(points)}
    print(json.dumps(line | {"cpu_s": round(spent, 2), "error": error}))


if __name__ == "__main__":
    main()
