"""Writes its metrics as events for TensorBoard: events.py --log-dir runs --sines 4"""

import argparse

from wave import train

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:
    from tensorboardX import SummaryWriter  # the same without PyTorch

options = argparse.ArgumentParser()
options.add_argument("--log-dir", default="runs")
options.add_argument("--sines", type=int, default=2)
options.add_argument("--decay", type=float, default=0.0)
options.add_argument("--epochs", type=int, default=10)
options.add_argument("--seed", type=int, default=1)
chosen = options.parse_args()

with SummaryWriter(chosen.log_dir) as writer:
    for epoch, train_loss, val_loss in train(chosen.sines, chosen.decay, chosen.epochs, chosen.seed):
        writer.add_scalar("Loss/train", train_loss, epoch)
        writer.add_scalar("Loss/val", val_loss, epoch)
