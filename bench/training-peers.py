"""Trains one case after another in another engine, as told on standard input: a JSON line in, a JSON line out.

The first argument names the engine: torch, sklearn, numpy or sgemm. Each runs on one thread.
"""
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def timed(work):
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return {"clock": time.perf_counter() - clock, "processor": time.process_time() - processor}


def read_data(case):
    rows, inputs = case["rows"], case["sizes"][0]
    data = np.fromfile(case["file"], dtype=np.float32)
    return data[: rows * inputs].reshape(rows, inputs).copy(), data[rows * inputs :].view(np.int32).copy()


def epochs_after_one(case, epoch):
    epoch()
    return timed(lambda: [epoch() for _ in range(case["epochs"])])


def in_torch(case):
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(1)
    x, y = read_data(case)
    sizes, batch, rows = case["sizes"], case["batch"], case["rows"]
    parts = [nn.Dropout(case["inputDropout"])] if case["inputDropout"] else []
    for before, units in zip(sizes[:-2], sizes[1:-1]):
        parts += [nn.Linear(before, units), nn.ReLU()]
        if case["dropout"]:
            parts.append(nn.Dropout(case["dropout"]))
    network = nn.Sequential(*parts, nn.Linear(sizes[-2], sizes[-1]))
    if case["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    else:
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
    inputs, classes = torch.from_numpy(x), torch.from_numpy(y).long()

    def epoch():
        order = torch.randperm(rows)
        for start in range(0, rows, batch):
            chosen = order[start : start + batch]
            optimizer.zero_grad(set_to_none=True)
            functional.cross_entropy(network(inputs[chosen]), classes[chosen]).backward()
            optimizer.step()

    return epochs_after_one(case, epoch)


def in_sklearn(case):
    from sklearn.neural_network import MLPClassifier

    x, y = read_data(case)
    sgd = case["optimizer"] == "sgd"
    classifier = MLPClassifier(
        hidden_layer_sizes=tuple(case["sizes"][1:-1]),
        batch_size=case["batch"],
        max_iter=case["epochs"],
        solver=case["optimizer"],
        learning_rate_init=0.01 if sgd else 0.001,
        momentum=0.9,
        nesterovs_momentum=False,
        alpha=0,
        tol=0,
        n_iter_no_change=10**6,
    )
    return timed(lambda: classifier.fit(x, y))


def in_numpy(case):
    if case["name"] == "tutorial":
        return tutorial_in_numpy()
    single = np.float32
    x, y = read_data(case)
    sizes, rows, batch = case["sizes"], case["rows"], case["batch"]
    random = np.random.default_rng(0)
    layers = len(sizes) - 1
    weights = [
        (random.uniform(-1, 1, (a, b)) * np.sqrt(6 / a)).astype(single) for a, b in zip(sizes, sizes[1:])
    ]
    biases = [np.zeros(units, single) for units in sizes[1:]]
    parameters = weights + biases
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    wanted = np.eye(sizes[-1], dtype=single)[y]
    updates = [0]

    def mask(shape, share):
        return (random.random(shape, dtype=single) < 1 - share) * single(1 / (1 - share))

    def epoch():
        order = random.permutation(rows)
        for start in range(0, rows, batch):
            chosen = order[start : start + batch]
            values = x[chosen]
            if case["inputDropout"]:
                values = values * mask(values.shape, case["inputDropout"])
            given, slopes = [values], []
            for layer in range(layers):
                sums = given[-1] @ weights[layer]
                sums += biases[layer]
                if layer == layers - 1:
                    break
                np.maximum(sums, 0, out=sums)
                slope = (sums > 0).astype(single)
                if case["dropout"]:
                    kept = mask(sums.shape, case["dropout"])
                    slope *= kept
                    sums *= kept
                slopes.append(slope)
                given.append(sums)
            sums -= sums.max(1, keepdims=True)
            np.exp(sums, out=sums)
            sums /= sums.sum(1, keepdims=True)
            deltas = (sums - wanted[chosen]) / single(len(chosen))
            gradients = [None] * (2 * layers)
            for layer in range(layers - 1, -1, -1):
                gradients[layer] = given[layer].T @ deltas
                gradients[layers + layer] = deltas.sum(0)
                if layer:
                    deltas = deltas @ weights[layer].T
                    deltas *= slopes[layer - 1]
            updates[0] += 1
            if case["optimizer"] == "sgd":
                for p, g, v in zip(parameters, gradients, first):
                    v *= single(0.9)
                    v += g
                    p -= single(0.01) * v
            else:
                size = single(0.001 / (1 - 0.9 ** updates[0]))
                root = single(np.sqrt(1 - 0.999 ** updates[0]))
                for p, g, m, v in zip(parameters, gradients, first, second):
                    m *= single(0.9)
                    m += single(0.1) * g
                    v *= single(0.999)
                    v += single(0.001) * g * g
                    p -= size * m / (np.sqrt(v) / root + single(1e-8))

    return epochs_after_one(case, epoch)


def tutorial_in_numpy():
    x = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], float)
    y = np.array([[0, 1, 1, 0]], float).T
    random = np.random.RandomState(1)
    w1, w2 = 2 * random.random_sample((3, 4)) - 1, 2 * random.random_sample((4, 1)) - 1

    def work():
        nonlocal w1, w2
        for _ in range(60000):
            hidden = 1 / (1 + np.exp(-(x @ w1)))
            factor = random.binomial(1, 0.8, (4, 4)) / 0.8
            given = hidden * factor
            output = 1 / (1 + np.exp(-(given @ w2)))
            outer = (output - y) * output * (1 - output)
            inner = (outer @ w2.T) * factor * hidden * (1 - hidden)
            w2 -= 0.5 * given.T @ outer
            w1 -= 0.5 * x.T @ inner

    return timed(work)


def in_sgemm(case):
    """The matrix products of a training alone; of "peak", the best speed of one large product."""
    random = np.random.default_rng(0)
    if case["name"] == "peak":
        a, b = random.random((2, 1024, 1024), dtype=np.float32)
        out = np.empty_like(a)
        best = min((timed(lambda: np.dot(a, b, out=out)) for _ in range(30)), key=lambda c: c["processor"])
        return {**best, "speed": 2 * 1024**3 / best["processor"] / 1e9}
    sizes, batch = case["sizes"], case["batch"]
    values = [random.random((batch, units), dtype=np.float32) for units in sizes]
    weights = [random.random((a, b), dtype=np.float32) for a, b in zip(sizes, sizes[1:])]

    def work():
        for _ in range(case["epochs"] * -(-case["rows"] // batch)):
            for layer, w in enumerate(weights):
                values[layer] @ w
                values[layer].T @ values[layer + 1]
                if layer:
                    values[layer + 1] @ w.T

    return timed(work)


engines = {"torch": in_torch, "sklearn": in_sklearn, "numpy": in_numpy, "sgemm": in_sgemm}
engine = engines[sys.argv[1]]
if sys.argv[1] == "torch":
    import torch  # noqa: F401  so that a missing engine shows at once
if sys.argv[1] == "sklearn":
    import sklearn  # noqa: F401
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    print(json.dumps(engine(json.loads(line))), flush=True)
