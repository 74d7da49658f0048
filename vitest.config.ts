import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		testTimeout: 20_000,
		hookTimeout: 30_000,
		maxWorkers: 2,
		setupFiles: ['test/support/seed.ts'],
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: ['test/claude/**', 'test/faults/**', 'test/screens/**'],
				},
			},
			{
				extends: true,
				test: {name: 'claude', include: ['test/claude/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false},
			},
			{
				extends: true,
				test: {name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 600_000, fileParallelism: false},
			},
			{
				extends: true,
				test: {name: 'screens', include: ['test/screens/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false},
			},
		],
	},
});
