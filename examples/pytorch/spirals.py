"""A network with dropout tells two spirals apart, in PyTorch. Arguments say what to try, reports are JSON."""

import argparse
import json
import os

import torch
from torch import nn

options = argparse.ArgumentParser()
options.add_argument("--hidden", type=int, required=True)
options.add_argument("--dropout", type=float, required=True)
options.add_argument("--learning_rate", type=float, required=True)
options.add_argument("--epochs", type=int, required=True)
chosen = options.parse_args()

torch.set_num_threads(1)
torch.manual_seed(int(os.environ["FITFIRST_SEED"]))

rows = 240
turn = torch.rand(rows).sqrt() * 3 * torch.pi
arm = torch.arange(rows) % 2
angle = turn + arm * torch.pi
inputs = torch.stack([turn * angle.cos(), turn * angle.sin()], dim=1) / 6 + 0.05 * torch.randn(rows, 2)
train_x, train_y, val_x, val_y = inputs[:160], arm[:160], inputs[160:], arm[160:]

network = nn.Sequential(
    nn.Linear(2, chosen.hidden), nn.ReLU(), nn.Dropout(chosen.dropout),
    nn.Linear(chosen.hidden, chosen.hidden), nn.ReLU(), nn.Dropout(chosen.dropout),
    nn.Linear(chosen.hidden, 2),
)
optimizer = torch.optim.Adam(network.parameters(), lr=chosen.learning_rate)
loss_of = nn.CrossEntropyLoss()


def score(x, y):
    network.eval()
    with torch.no_grad():
        output = network(x)
    network.train()
    return loss_of(output, y).item(), (output.argmax(1) == y).double().mean().item()


# A longer trial goes on where a shorter one ended: fitfirst puts what that one saved into this folder.
directory = os.environ.get("FITFIRST_CHECKPOINT_DIR")
checkpoint = os.path.join(directory, "checkpoint.pt") if directory else None
first = 1
if checkpoint and os.path.exists(checkpoint):
    saved = torch.load(checkpoint)
    network.load_state_dict(saved["network"])
    optimizer.load_state_dict(saved["optimizer"])
    torch.set_rng_state(saved["random"])
    first = saved["epoch"] + 1

for epoch in range(first, chosen.epochs + 1):
    for batch in torch.randperm(len(train_x)).split(32):
        optimizer.zero_grad()
        loss_of(network(train_x[batch]), train_y[batch]).backward()
        optimizer.step()
    train_loss, train_accuracy = score(train_x, train_y)
    val_loss, val_accuracy = score(val_x, val_y)
    numbers = {"epoch": epoch, "train_loss": train_loss, "train_accuracy": train_accuracy}
    print(json.dumps(numbers | {"val_loss": val_loss, "val_accuracy": val_accuracy}), flush=True)

if checkpoint:
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state | {"random": torch.get_rng_state(), "epoch": chosen.epochs}, checkpoint)

if os.environ["FITFIRST_STAGE"] == "finish":
    torch.save(network.state_dict(), os.path.join(os.environ["FITFIRST_TRIAL_DIR"], "network.pt"))
