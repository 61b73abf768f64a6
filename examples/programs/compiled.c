/* The same task in C: compiled --sines=4 --decay=0.01 --epochs=15 --seed=1. Each epoch is a line of JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 60, TRAINING = 30, MAX_INPUTS = 65 };

static double inputs[ROWS][MAX_INPUTS], targets[ROWS], weights[MAX_INPUTS];
static unsigned long long state;

static double uniform(void) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double)(state >> 11) / 9007199254740992.0;
}

static double error_of(int row, int count) {
  double sum = -targets[row];
  for (int i = 0; i < count; i++) sum += weights[i] * inputs[row][i];
  return sum;
}

static double loss(int from, int to, int count) {
  double sum = 0;
  for (int row = from; row < to; row++) sum += pow(error_of(row, count), 2);
  return sum / (to - from);
}

int main(int words, char **word) {
  int sines = 2, epochs = 10, seed = 1;
  double decay = 0;
  for (int i = 1; i < words; i++)
    if (!sscanf(word[i], "--sines=%d", &sines) && !sscanf(word[i], "--decay=%lf", &decay) &&
        !sscanf(word[i], "--epochs=%d", &epochs) && !sscanf(word[i], "--seed=%d", &seed)) {
      fprintf(stderr, "unknown option: %s\n", word[i]);
      return 2;
    }
  if (sines < 1 || 2 * sines + 1 > MAX_INPUTS) {
    fprintf(stderr, "--sines has to be from 1 to %d\n", MAX_INPUTS / 2);
    return 2;
  }
  int count = 2 * sines + 1;
  state = (unsigned long long)seed;
  for (int row = 0; row < ROWS; row++) {
    double x = 4 * uniform() - 2;
    targets[row] = sin(3 * x) + cos(2 * x) + 1.4 * (uniform() - 0.5);
    inputs[row][0] = 1;
    for (int k = 1; k <= sines; k++) {
      inputs[row][2 * k - 1] = sin(k * x);
      inputs[row][2 * k] = cos(k * x);
    }
  }
  for (int epoch = 1; epoch <= epochs; epoch++) {
    for (int row = 0; row < TRAINING; row++) {
      double error = error_of(row, count);
      for (int i = 0; i < count; i++) weights[i] -= 0.05 * (error * inputs[row][i] + decay * weights[i]);
    }
    printf("{\"epoch\": %d, \"train_loss\": %.9g, \"val_loss\": %.9g}\n", epoch, loss(0, TRAINING, count),
           loss(TRAINING, ROWS, count));
    fflush(stdout);
  }
  return 0;
}
