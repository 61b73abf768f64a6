"""Takes its options from a JSON file, and writes a CSV file next to it: options_file.py OPTIONS.JSON"""

import json
import os
import sys

from wave import train

path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    options = json.load(file)

with open(os.path.join(os.path.dirname(path), "log.csv"), "w", encoding="utf-8") as log:
    log.write("epoch,loss/training,loss/validation\n")
    sines, decay = options["model"]["sines"], options["optimizer"]["decay"]
    for epoch, train_loss, val_loss in train(sines, decay, options["epochs"], options["seed"]):
        log.write(f"{epoch},{train_loss},{val_loss}\n")
        log.flush()
print(f"weights: {2 * sines + 1}")
