import type { Findings } from '../study.ts';
import type { RbmMeasured } from './measured.ts';

/** Every claim beside its bar. */
export function rbmFindings({
  independent,
  cd,
  pcd,
  large,
}: RbmMeasured): Pick<Findings, 'value' | 'findings'> {
  const likelihood = (name: string, value: number) => ({ name, metric: 'logLikelihood', value });
  const reconstruction = (name: string, value: number) => ({ name, metric: 'reconstructionError', value });
  const partitionErrors = [cd, pcd].map(({ estimated, logPartition }) => Math.abs(estimated - logPartition));
  return {
    value: pcd.logLikelihood,
    findings: [
      {
        ...likelihood('PCD-1, 16 hidden units, exact', pcd.logLikelihood),
        bar: { metric: 'logLikelihood', atLeast: -148 },
      },
      {
        name: 'PCD-1 over CD-1',
        metric: 'gainNats',
        value: pcd.logLikelihood - cd.logLikelihood,
        bar: { metric: 'gainNats', atLeast: 12 },
      },
      {
        name: 'Annealed importance sampling beside enumeration',
        metric: 'logPartitionDifference',
        value: Math.max(...partitionErrors),
        bar: { metric: 'logPartitionDifference', atMost: 0.5 },
      },
      {
        ...likelihood(`PCD-1, ${large.hidden} hidden units, annealed`, large.logLikelihood),
        bar: { metric: 'logLikelihood', atLeast: -110 },
      },
      likelihood('The same, three standard errors lower', large.low),
      likelihood('CD-1, 16 hidden units, exact', cd.logLikelihood),
      likelihood('Independent pixels', independent),
      reconstruction('CD-1, 16 hidden units, reconstruction', cd.reconstruction),
      reconstruction('PCD-1, 16 hidden units, reconstruction', pcd.reconstruction),
    ],
  };
}
