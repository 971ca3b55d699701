import { describe, expect, it } from 'vitest';
import { Output } from './output.ts';
import { formatTable } from './table.ts';

function recorder(isTTY: boolean, columns = 40) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  return { write, isTTY, columns, text: () => text };
}

describe('Output', () => {
  it('writes lines for people on stdout', () => {
    const [stdout, stderr] = [recorder(false), recorder(false)];
    const out = new Output({ stdout, stderr, json: false, colour: true });
    out.line(out.style('red', 'hello'));
    out.live('never seen');
    out.result({ value: 1 });
    expect(stdout.text()).toBe('hello\n');
    expect(stderr.text()).toBe('');
  });

  it('with json, leaves stdout to the result', () => {
    const [stdout, stderr] = [recorder(false), recorder(false)];
    const out = new Output({ stdout, stderr, json: true, colour: true });
    out.line('hello');
    out.result({ value: 1 });
    expect(stdout.text()).toBe('{"value":1}\n');
    expect(stderr.text()).toBe('hello\n');
  });

  it('keeps one live line on a terminal, cut to its width', () => {
    const stdout = recorder(true, 11);
    const out = new Output({ stdout, stderr: stdout, json: false, colour: true });
    out.live('123456789012345');
    out.live('second');
    out.line(out.style('bold', 'done'));
    expect(stdout.text()).toBe('1234567890\r\u001b[2Ksecond\r\u001b[2K\u001b[1mdone\u001b[22m\n');
  });
});

describe('formatTable', () => {
  it('aligns columns, colours not counted', () => {
    expect(
      formatTable([
        ['a', 'bb', 'c'],
        ['\u001b[1maaa\u001b[22m', 'b', 'cc'],
      ]),
    ).toEqual(['a    bb  c', '\u001b[1maaa\u001b[22m  b   cc']);
  });
});
