// Runs the SQL of stdin in DuckDB, and prints the rows as JSON. SCALE_NODE is where the packages are.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.env.SCALE_NODE + '/package.json');
const { DuckDBInstance } = require('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = await connection.runAndReadAll(readFileSync(0, 'utf8'));
console.log(JSON.stringify(rows.getRowObjectsJson()));
