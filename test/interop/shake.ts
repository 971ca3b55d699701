import { type Tensor, tensor } from 'antler';

interface Shaken {
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    assign(value: Tensor): void;
  }[];
}

/** Gives a model weights that no initializer gives, so that none can be right by chance; variances stay positive. */
export function shake(model: Shaken): void {
  model.weights.forEach((weight, n) => {
    const size = weight.shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, (_, i) => Math.sin(n + i + 1) * 0.4);
    const isVariance = weight.name.endsWith('moving_variance');
    const chosen = isVariance ? values.map((x) => Math.abs(x) + 0.5) : values;
    weight.assign(tensor(chosen).reshape([...weight.shape]));
  });
}
