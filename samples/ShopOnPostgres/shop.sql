-- The shop's tables, in the schema that unqualified names go to:
--   psql … -f shop.sql                          makes them, without rows
--   psql … -f shop.sql -v employees=100000      the same, with rows: always the same ones for the same number
\set ON_ERROR_STOP on
\if :{?employees}
\else
  \set employees 0
\endif

BEGIN;

CREATE TABLE employees (
  id bigint PRIMARY KEY, name text NOT NULL, department text, role text,
  age integer NOT NULL, active boolean NOT NULL, revision integer NOT NULL DEFAULT 0);

CREATE TABLE order_lines (
  order_id bigint NOT NULL, line integer NOT NULL, sku text NOT NULL, quantity integer NOT NULL,
  unit_price numeric(10, 2) NOT NULL, total numeric(12, 2), PRIMARY KEY (order_id, line));

CREATE TABLE sessions (
  id uuid PRIMARY KEY, employee_id bigint NOT NULL, started_at timestamp NOT NULL, ended_at timestamp, state integer NOT NULL);

CREATE TABLE payments (id bigint PRIMARY KEY, amount text NOT NULL, cents bigint);

INSERT INTO employees
SELECT i,
  '  ' || (ARRAY['ann', 'BORIS', 'Chloé', 'dmitri', 'EVA'])[i % 5 + 1] || '   ' || (ARRAY['lee', 'NOVAK', 'Okafor'])[i % 3 + 1],
  (ARRAY['eng', 'sales', 'support', 'finance', 'people'])[i % 6 + 1],
  CASE WHEN i % 4 = 0 THEN 'clerk' END, 18 + i % 49, i % 10 <> 0
FROM generate_series(1, :employees) AS i;

INSERT INTO order_lines
SELECT (i - 1) / 3 + 1, (i - 1) % 3 + 1, 'sku-' || i % 1000, i % 9 + 1, (100 + i * 37 % 9900) / 100.0
FROM generate_series(1, :employees / 5) AS i;

INSERT INTO sessions
SELECT md5(i::text)::uuid, i, timestamp '2025-01-01' + i * 37 % 864000 * interval '1 minute', NULL, CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END
FROM generate_series(1, :employees / 10) AS i;

INSERT INTO payments
SELECT i, i * 13 % 5000 || CASE WHEN i % 2 = 0 THEN '.' ELSE ',' END || lpad((i % 100)::text, 2, '0')
FROM generate_series(1, :employees / 10) AS i;

COMMIT;

ANALYZE employees, order_lines, sessions, payments;
