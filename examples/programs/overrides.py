"""Takes its options with Hydra: overrides.yaml has the defaults, and arguments such as model.sines=4 override them."""

import logging

import hydra
from wave import train


@hydra.main(version_base=None, config_path=".", config_name="overrides")
def main(options):
    log = logging.getLogger("wave")
    results = train(options.model.sines, options.optimizer.decay, options.epochs, options.seed)
    for epoch, train_loss, val_loss in results:
        log.info("epoch=%d train/loss=%.5f val/loss=%.5f", epoch, train_loss, val_loss)


main()
