"""
Optuna's TPE on the cases that `bench/methods.ts` gives as JSON on standard input: for each seed, how good the setting
is whose trial looked best after each budget. `window` trials run at the same time; they end in the order in which they
began. Prints JSON.
"""
import json
import math
import sys

import numpy
import optuna

optuna.logging.set_verbosity(optuna.logging.WARNING)


def branin(p):
    x, y = p["x"], p["y"]
    b, c, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    return (y - b * x * x + c * x - 6) ** 2 + 10 * (1 - t) * math.cos(x) + 10


HARTMANN_A = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
HARTMANN_P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
HARTMANN_ALPHA = [1, 1.2, 3, 3.2]


def hartmann(p):
    total = 0.0
    for alpha, row, centre in zip(HARTMANN_ALPHA, HARTMANN_A, HARTMANN_P):
        total += alpha * math.exp(-sum(a * (p[f"x{i}"] - c) ** 2 for i, (a, c) in enumerate(zip(row, centre))))
    return -total


def rosenbrock(p):
    x = [p[f"x{i}"] for i in range(4)]
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


def mixed(p):
    shift = {"a": 0.0, "b": 0.5, "c": 1.5, "d": 3.0}[p["kind"]]
    rate = math.log10(p["rate"]) + 2.5
    return shift + (p["x"] - 0.7) ** 2 * 4 + rate * rate + abs(p["width"] - 24) / 16


def conditional(p):
    rate = math.log10(p["rate"])
    if p["optimizer"] == "sgd":
        return 0.2 + (rate + 1) ** 2 + 4 * (p["momentum"] - 0.9) ** 2
    return 0.4 + (rate + 3) ** 2 + 2 * (p["beta"] - 0.95) ** 2 + (0.3 if p["optimizer"] == "adam" else 0.0)


FUNCTIONS = {f.__name__: f for f in (branin, hartmann, rosenbrock, mixed, conditional)}


def suggest(trial, space):
    setting = {}
    for name, domain in space.items():
        when = domain.get("when", {})
        if not all(setting.get(parent) in values for parent, values in when.items()):
            continue
        kind = domain["kind"]
        if kind == "values" and all(isinstance(value, (int, float)) for value in domain["values"]):
            # The place in the list, so that Optuna knows the order.
            place = trial.suggest_int(name, 0, len(domain["values"]) - 1)
            setting[name] = domain["values"][place]
        elif kind == "values":
            setting[name] = trial.suggest_categorical(name, domain["values"])
        elif kind == "uniform":
            setting[name] = trial.suggest_float(name, domain["min"], domain["max"])
        elif kind == "log_uniform_values":
            setting[name] = trial.suggest_float(name, domain["min"], domain["max"], log=True)
        else:
            setting[name] = trial.suggest_int(name, domain["min"], domain["max"])
    return setting


def place_of(setting, space):
    place = 0
    for name, domain in space.items():
        place = place * len(domain["values"]) + domain["values"].index(setting[name])
    return place


def after_budgets(task, seed):
    space, results = task["space"], task["table"]
    has_conditions = any("when" in domain for domain in space.values())
    # The constant liar is what Optuna recommends where trials run at the same time.
    sampler = optuna.samplers.TPESampler(
        seed=seed, multivariate=True, group=has_conditions, constant_liar=task["window"] > 1
    )
    study = optuna.create_study(sampler=sampler)
    chance = numpy.random.RandomState(seed)
    visits, truths, running = {}, [], []

    def objective(trial):
        setting = suggest(trial, space)
        if results is None:
            truths.append(FUNCTIONS[task["function"]](setting))
            return truths[-1] + task["noise"] * chance.normal()
        place = place_of(setting, space)
        repeats = results[place]
        truths.append(sum(repeats) / len(repeats))
        visits[place] = visits.get(place, -1) + 1
        return repeats[(seed + visits[place]) % len(repeats)]

    for _ in range(max(task["budgets"])):
        trial = study.ask()
        running.append((trial, objective(trial)))
        if len(running) == task["window"]:
            study.tell(*running.pop(0))
    for trial, value in running:
        study.tell(trial, value)
    values = [trial.value for trial in study.trials]
    return [truths[min(range(budget), key=values.__getitem__)] for budget in task["budgets"]]


task = json.load(sys.stdin)
json.dump([after_budgets(task, seed) for seed in range(task["seeds"])], sys.stdout)
