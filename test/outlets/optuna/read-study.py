"""
Prints the studies of journal files of Optuna as JSON; that of the first also with the importance by its fANOVA and the
kinds of its plots, if they are asked for by `importance` and `plots`.
"""
import json
import sys
import warnings

warnings.simplefilter("ignore")
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
wanted = {"importance", "plots"} & set(sys.argv)
paths = [path for path in sys.argv[1:] if path not in wanted]


def read(path, wanted):
    storage = optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(path))
    [summary] = optuna.get_all_study_summaries(storage)
    study = optuna.load_study(study_name=summary.study_name, storage=storage)
    return {
        "name": study.study_name,
        "direction": study.direction.name,
        "attributes": study.user_attrs,
        "best": study.best_trial.number,
        "trials": [
            {
                "number": trial.number,
                "state": trial.state.name,
                "value": trial.value,
                "params": trial.params,
                "distributions": {
                    name: optuna.distributions.distribution_to_json(distribution)
                    for name, distribution in trial.distributions.items()
                },
                "holds": all(
                    distribution._contains(distribution.to_internal_repr(trial.params[name]))
                    for name, distribution in trial.distributions.items()
                ),
                "attributes": trial.user_attrs,
                "intermediate": trial.intermediate_values,
                "start": trial.datetime_start and trial.datetime_start.isoformat(),
                "complete": trial.datetime_complete and trial.datetime_complete.isoformat(),
            }
            for trial in study.trials
        ],
        "importance": optuna.importance.get_param_importances(
            study, evaluator=optuna.importance.FanovaImportanceEvaluator(seed=0)
        ) if "importance" in wanted else None,
        "plots": {
            name: type(getattr(optuna.visualization, f"plot_{name}")(study)).__name__
            for name in [
                "optimization_history", "intermediate_values", "parallel_coordinate", "contour", "slice",
                "param_importances", "edf",
            ]
        } if "plots" in wanted else None,
    }


print(json.dumps([read(path, wanted if place == 0 else set()) for place, path in enumerate(paths)]))
