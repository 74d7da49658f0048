import {serveTasks} from '../kernel/side-thread.js';
import {sideTasks} from './side-tasks.js';

serveTasks(sideTasks);
