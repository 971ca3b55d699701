import { tensor } from '../../ops/index.ts';
import type { SConnections } from './cells.ts';
import type { DigitNetwork } from './network.ts';

/** Connections of a layer on the host. */
export type StoredConnections = {
  readonly excitatory: Float32Array;
  readonly inhibitory: Float32Array;
  /** Of the excitatory ones. */
  readonly shape: number[];
};

/** What a run folder keeps of the digit network. */
export type StoredNetwork = {
  readonly s1: StoredConnections;
  readonly s2: StoredConnections;
  readonly s3: StoredConnections;
  readonly s4: StoredConnections;
  readonly classOfPlane: Int32Array;
};

/** Brings a network to the host. */
export async function storeNetwork(network: DigitNetwork): Promise<StoredNetwork> {
  return {
    s1: await store(network.s1),
    s2: await store(network.s2),
    s3: await store(network.s3),
    s4: await store(network.s4),
    classOfPlane: Int32Array.from(await network.classOfPlane.data()),
  };
}

/** The network that was stored. */
export function restoreNetwork({ s1, s2, s3, s4, classOfPlane }: StoredNetwork): DigitNetwork {
  return {
    s1: restore(s1),
    s2: restore(s2),
    s3: restore(s3),
    s4: restore(s4),
    classOfPlane: tensor(classOfPlane),
  };
}

async function store({ excitatory, inhibitory }: SConnections): Promise<StoredConnections> {
  return {
    excitatory: Float32Array.from(await excitatory.data()),
    inhibitory: Float32Array.from(await inhibitory.data()),
    shape: [...excitatory.shape],
  };
}

function restore({ excitatory, inhibitory, shape }: StoredConnections): SConnections {
  return { excitatory: tensor(excitatory, shape), inhibitory: tensor(inhibitory) };
}
