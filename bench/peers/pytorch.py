"""PyTorch as a peer: Debian's python3-torch."""

import copy
import os
import subprocess
import sys
import time

import lines

# OpenBLAS has threads of its own, which torch.set_num_threads does not reach; it reads this when it is loaded.
os.environ['OPENBLAS_NUM_THREADS'] = str(lines.threads())
STARTED = time.perf_counter()
try:
    import torch
    from torch import nn
except ImportError:
    lines.missing('python3-torch')
import torch.nn.functional as F

from resnet20 import resnet20

torch.set_num_threads(lines.threads())
torch.manual_seed(1)

# Reference BLAS reaches 4 GFLOP/s where OpenBLAS reaches 90: a comparison with it would say nothing about PyTorch.
EXPECTED_GFLOPS_PER_THREAD = 50


def product_speed():
    """GFLOP/s of a 1024 x 1024 product: the best of many tries, since other work may disturb some."""
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    best, began = 0.0, time.perf_counter()
    while time.perf_counter() - began < 2 and best < EXPECTED_GFLOPS_PER_THREAD * lines.threads():
        started = time.perf_counter()
        a @ b
        best = max(best, 2 * 1024**3 / (time.perf_counter() - started) / 1e9)
    return best


def uses_openblas():
    with open('/proc/self/maps') as libraries:
        return 'openblas' in libraries.read()


def unfairness():
    speed, wanted = product_speed(), EXPECTED_GFLOPS_PER_THREAD * lines.threads()
    if speed >= wanted:
        return None
    cause = 'the machine is busy or slow' if uses_openblas() else 'libopenblas0-pthread is missing'
    return f'unfair, {cause}: its 1024² product reaches {speed:.0f} GFLOP/s, below {wanted}'


def matmul(size):
    a, b = torch.randn(size, size), torch.randn(size, size)
    return lines.timed(lambda: a @ b)


def conv_operands(batch, size, channels, filters, window, pad):
    out = size + 2 * pad - window + 1
    x = torch.randn(batch, channels, size, size)
    kernel = torch.randn(filters, channels, window, window)
    return x, kernel, torch.randn(batch, filters, out, out)


def conv_forward(pad, **shape):
    x, kernel, _ = conv_operands(pad=pad, **shape)
    return lines.timed(lambda: F.conv2d(x, kernel, padding=pad))


def conv_gradients(pad, **shape):
    x, kernel, slope = conv_operands(pad=pad, **shape)
    x.requires_grad_()
    kernel.requires_grad_()

    def step():
        torch.autograd.grad(F.conv2d(x, kernel, padding=pad), (x, kernel), slope)

    return lines.timed(step)


def training(model, optimizer, x, y):
    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()

    return lines.timed(step)


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120), nn.Tanh(),
        nn.Linear(120, 84), nn.Tanh(),
        nn.Linear(84, 10),
    )  # fmt: skip


def lenet_train(batch):
    model = lenet5()
    x, y = torch.rand(batch, 1, 28, 28), torch.arange(batch) % 10
    return training(model, torch.optim.Adam(model.parameters(), 1e-3), x, y)


def inference(model, x):
    model.eval()

    def run(iterations):
        with torch.inference_mode():
            return lines.timed(lambda: model(x))(iterations)

    return run


def lenet_infer(batch):
    return inference(nn.Sequential(lenet5(), nn.Softmax(1)), torch.rand(batch, 1, 28, 28))


def resnet20_train(batch):
    model = resnet20()
    x, y = torch.rand(batch, 3, 32, 32), torch.arange(batch) % 10
    return training(model, torch.optim.SGD(model.parameters(), 0.1, 0.9), x, y)


def resnet20_infer(batch):
    return inference(nn.Sequential(resnet20(), nn.Softmax(1)), torch.rand(batch, 3, 32, 32))


def mlp_train(batch):
    model = nn.Sequential(nn.Linear(784, 300), nn.Tanh(), nn.Linear(300, 10))
    x, y = torch.rand(batch, 784), torch.arange(batch) % 10
    return training(model, torch.optim.SGD(model.parameters(), 0.1), x, y)


class CharacterRnn(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embedding, self.lstm = nn.Embedding(vocabulary, 64), nn.LSTM(64, 128, batch_first=True)
        self.dense = nn.Linear(128, vocabulary)

    def forward(self, x):
        return self.dense(self.lstm(self.embedding(x))[0]).flatten(0, 1)


def lstm_train(batch, steps=64, vocabulary=64):
    model = CharacterRnn(vocabulary)
    text = torch.arange(batch * steps + 1) % vocabulary
    x, y = text[:-1].view(batch, steps), text[1:]
    return training(model, torch.optim.Adam(model.parameters(), 1e-3), x, y)


def q_network(batch):
    """For states of CartPole."""
    network = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2))
    return network, lambda: torch.randn(batch, 4), 2


class Rescaling(nn.Module):
    def forward(self, x):
        return x.float() * (1 / 255)


def q_network_of_frames(batch):
    """Mnih et al. 2015."""
    network = nn.Sequential(
        Rescaling(),
        nn.Conv2d(4, 32, 8, 4), nn.ReLU(),
        nn.Conv2d(32, 64, 4, 2), nn.ReLU(),
        nn.Conv2d(64, 64, 3), nn.ReLU(),
        nn.Flatten(),
        nn.Linear(3136, 512), nn.ReLU(),
        nn.Linear(512, 4),
    )  # fmt: skip
    return network, lambda: torch.randint(0, 256, (batch, 4, 84, 84), dtype=torch.uint8), 4


def q_learning(build):
    """Updates of a network towards the values that an older copy of it sees."""

    def train(batch):
        network, draw_states, actions = build(batch)
        target = copy.deepcopy(network)
        optimizer = torch.optim.Adam(network.parameters(), 1e-4)
        states, next_states = draw_states(), draw_states()
        taken, rewards = (torch.arange(batch) % actions).unsqueeze(1), torch.randn(batch)

        def step():
            with torch.no_grad():
                goals = rewards + 0.99 * target(next_states).max(1).values
            optimizer.zero_grad()
            F.smooth_l1_loss(network(states).gather(1, taken).squeeze(1), goals).backward()
            optimizer.step()

        return lines.timed(step)

    return train


class CausalAttention(nn.Module):
    """As fast as nn.MultiheadAttention in one thread, and faster in two."""

    def __init__(self, features, heads, length):
        super().__init__()
        self.heads = heads
        self.project = nn.Linear(features, 3 * features)
        self.output = nn.Linear(features, features)
        self.register_buffer('mask', torch.triu(torch.full((length, length), float('-inf')), 1))

    def forward(self, x):
        batch, length, features = x.shape
        parts = self.project(x).view(batch, length, 3, self.heads, features // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-2, -1) * (features // self.heads) ** -0.5 + self.mask
        taken = torch.softmax(scores, -1) @ value
        return self.output(taken.transpose(1, 2).reshape(batch, length, features))


class DecoderBlock(nn.Module):
    def __init__(self, features, heads, length):
        super().__init__()
        self.attention = nn.Sequential(nn.LayerNorm(features), CausalAttention(features, heads, length))
        self.mlp = nn.Sequential(
            nn.LayerNorm(features), nn.Linear(features, 4 * features), nn.GELU(), nn.Linear(4 * features, features)
        )

    def forward(self, x):
        x = x + self.attention(x)
        return x + self.mlp(x)


class Positions(nn.Module):
    def __init__(self, length, features):
        super().__init__()
        self.vectors = nn.Parameter(0.05 * torch.randn(length, features))

    def forward(self, x):
        return x + self.vectors


def transformer_train(batch, length=64, features=128, heads=4, vocabulary=64):
    model = nn.Sequential(
        nn.Embedding(vocabulary, features), Positions(length, features),
        DecoderBlock(features, heads, length), DecoderBlock(features, heads, length),
        nn.LayerNorm(features), nn.Linear(features, vocabulary),
        nn.Flatten(0, 1),
    )  # fmt: skip
    tokens = torch.arange(batch * length + 1) % vocabulary
    x, y = tokens[:-1].view(batch, length), tokens[1:]
    return training(model, torch.optim.Adam(model.parameters(), 1e-3), x, y)


def xor_training():
    model = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2))
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return training(model, torch.optim.SGD(model.parameters(), 0.1), x, torch.tensor([0, 1, 1, 0]))


def coldstart():
    def run(iterations):
        answers = [subprocess.check_output([sys.executable, __file__, '--cold', sys.argv[-1]]) for _ in range(iterations)]
        return sum(float(answer) for answer in answers)

    return run


if '--cold' in sys.argv:
    xor_training()(1)
    print(time.perf_counter() - STARTED)
else:
    lines.serve(
        {'pytorch': torch.__version__},
        {
            'matmul': matmul,
            'conv-forward': conv_forward,
            'conv-gradients': conv_gradients,
            'lenet-train': lenet_train,
            'lenet-infer': lenet_infer,
            'resnet20-train': resnet20_train,
            'resnet20-infer': resnet20_infer,
            'mlp-train': mlp_train,
            'xor-step': xor_training,
            'lstm-train': lstm_train,
            'transformer-train': transformer_train,
            'dqn-mlp-train': q_learning(q_network),
            'dqn-conv-train': q_learning(q_network_of_frames),
            'coldstart': coldstart,
        },
        unfairness(),
    )
