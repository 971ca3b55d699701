import { printed } from './printed.js';
import './six-lines.ts';

postMessage(printed);
