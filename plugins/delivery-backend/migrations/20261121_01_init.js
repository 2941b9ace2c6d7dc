// SPDX-License-Identifier: Apache-2.0

/** The phases in which a promotion holds its lane. */
const LANE_PHASES = ['starting', 'running', 'verifying', 'needs-attention'];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('delivery_services', table => {
    table.comment('Services on a promotion path, as the catalog last told');
    table.string('entity_ref', 300).primary();
    table.string('uid', 100).notNullable();
    table.string('path', 60).notNullable();
    table.text('body').notNullable().comment('DeliveredService as JSON');
    table.string('seen_at', 30).notNullable();
  });

  await knex.schema.createTable('delivery_findings', table => {
    table.comment('What each source said of the binding of a service');
    table.string('service', 300).notNullable();
    table.string('subject', 100).notNullable();
    table.string('state', 20).notNullable();
    table.text('detail').notNullable();
    table.string('at', 30).notNullable();
    table.primary(['service', 'subject']);
  });

  await knex.schema.createTable('delivery_releases', table => {
    table.comment('Immutable releases; only the mark of a bad one is added');
    table.string('id', 360).primary();
    table.string('service', 300).notNullable();
    table.integer('number').notNullable();
    table.string('chart_version', 60).notNullable();
    table.integer('build').notNullable();
    table.text('body').notNullable().comment('Release as JSON');
    table.string('ingested_at', 30).notNullable();
    table.unique(['service', 'number']);
  });

  await knex.schema.createTable('delivery_observations', table => {
    table.comment('The last observation of each lane');
    table.string('service', 300).notNullable();
    table.string('environment', 60).notNullable();
    table.string('observed_at', 30).notNullable();
    table.text('body').notNullable().comment('Observation as JSON');
    table.primary(['service', 'environment']);
  });

  await knex.schema.createTable('delivery_sources', table => {
    table.comment('How fresh each source of facts is');
    table.string('source', 40).notNullable();
    table.string('id', 100).notNullable();
    table.text('body').notNullable().comment('SourceState as JSON');
    table.primary(['source', 'id']);
  });

  await knex.schema.createTable('delivery_lanes', table => {
    table.comment('What is known of a lane besides its promotions');
    table.string('service', 300).notNullable();
    table.string('environment', 60).notNullable();
    table
      .string('occupant', 360)
      .comment('The release verified here that still runs, healthy');
    table.string('occupied_since', 30);
    table.text('hold').comment('Hold on automatic promotions as JSON');
    table.primary(['service', 'environment']);
  });

  await knex.schema.createTable('delivery_promotions', table => {
    table.comment('Promotions; every change is a compare-and-set on version');
    table.string('id', 26).primary();
    table.integer('number').notNullable().unique();
    table.string('service', 300).notNullable();
    table.string('environment', 60).notNullable();
    table.string('release_id', 360).notNullable();
    table.integer('release_number').notNullable();
    table.string('kind', 20).notNullable();
    table.string('requested_by', 300);
    table.string('phase', 20).notNullable();
    table.integer('version').notNullable();
    table.string('correlation_id', 100);
    table.string('execution_id', 100);
    table.string('idempotency_key', 100);
    table.string('created_at', 30).notNullable();
    table.string('updated_at', 30).notNullable();
    table.string('next_check_at', 30).notNullable();
    table.text('body').notNullable().comment('PromotionRecord as JSON');
    table.index(['service', 'environment', 'phase']);
    table.index(['phase', 'next_check_at']);
    table.index(['execution_id']);
    table.unique(['requested_by', 'idempotency_key']);
  });
  await knex.raw(
    `create unique index delivery_promotions_lane on delivery_promotions (service, environment) where phase in (${LANE_PHASES.map(
      phase => `'${phase}'`,
    ).join(', ')})`,
  );

  await knex.schema.createTable('delivery_promotion_events', table => {
    table.comment('The record of each promotion, hash-chained');
    table.string('promotion_id', 26).notNullable();
    table.integer('sequence').notNullable();
    table.string('service', 300).notNullable();
    table.string('at', 30).notNullable();
    table.string('type', 60).notNullable();
    table.string('by', 300);
    table.string('phase', 20).notNullable();
    table.text('summary').notNullable();
    table.text('data').notNullable();
    table.string('hash', 80).notNullable();
    table
      .integer('log')
      .notNullable()
      .unique()
      .comment('The place in the log of all promotions');
    table.string('log_hash', 80).notNullable();
    table.string('mac', 80).comment('Keyed; the key is not in the database');
    table.primary(['promotion_id', 'sequence']);
    table.index(['service', 'at']);
  });

  await knex.schema.createTable('delivery_log_head', table => {
    table.comment('The last line of the log; one row, locked to append');
    table.integer('id').primary();
    table.integer('log').notNullable();
    table.string('log_hash', 80).notNullable();
    table.string('mac', 80);
  });
  await knex('delivery_log_head').insert({ id: 1, log: 0, log_hash: '' });

  await knex.schema.createTable('delivery_approvals', table => {
    table.comment('Who approved or rejected what exactly');
    table.string('id', 26).primary();
    table.string('promotion_id', 26).notNullable();
    table.string('by', 300).notNullable();
    table.string('verdict', 10).notNullable();
    table.text('reason');
    table.string('subject', 80).notNullable();
    table.string('at', 30).notNullable();
    table.string('withdrawn_at', 30);
    table.index(['promotion_id']);
  });
  await knex.raw(
    'create unique index delivery_approvals_once on delivery_approvals (promotion_id, "by", subject) where withdrawn_at is null',
  );

  await knex.schema.createTable('delivery_overrides', table => {
    table.comment('Gates that somebody let pass, and their review');
    table.string('id', 26).primary();
    table.string('promotion_id', 26).notNullable();
    table.string('service', 300).notNullable();
    table.string('review_due', 30).notNullable();
    table.string('reviewed_at', 30);
    table.text('body').notNullable().comment('Override as JSON');
    table.index(['promotion_id']);
    table.index(['service', 'reviewed_at']);
  });

  await knex.schema.createTable('delivery_claims', table => {
    table.comment('The engine’s questions, answered once');
    table.string('execution_id', 100).primary();
    table.string('promotion_id', 26);
    table.string('status', 20).notNullable();
    table.text('reason').notNullable();
    table.string('at', 30).notNullable();
  });
  await knex.raw(
    `create unique index delivery_claims_admitted on delivery_claims (promotion_id) where status = 'ADMITTED'`,
  );

  await knex.schema.createTable('delivery_deployments', table => {
    table.comment('Releases that entered an environment');
    table.string('id', 26).primary();
    table.string('service', 300).notNullable();
    table.string('environment', 60).notNullable();
    table.string('release_id', 360).notNullable();
    table.string('promotion_id', 26).notNullable().unique();
    table.string('outcome', 20).notNullable();
    table.string('started_at', 30).notNullable();
    table.text('body').notNullable().comment('Deployment as JSON');
    table.index(['service', 'environment', 'started_at']);
  });

  await knex.schema.createTable('delivery_outside_changes', table => {
    table.comment('Changes that no promotion brought');
    table.string('id', 26).primary();
    table.string('service', 300).notNullable();
    table.string('environment', 60).notNullable();
    table.string('key', 200).notNullable();
    table.string('since', 30).notNullable();
    table.text('reason').notNullable();
    table.string('execution', 100);
    table.string('acknowledged_by', 300);
    table.string('acknowledged_at', 30);
    table.text('acknowledged_reason');
    table.unique(['service', 'environment', 'key']);
  });

  await knex.schema.createTable('delivery_notes', table => {
    table.comment('History of a service beside its promotions');
    table.string('id', 26).primary();
    table.string('service', 300).notNullable();
    table.string('environment', 60);
    table.string('kind', 30).notNullable();
    table.string('at', 30).notNullable();
    table.string('by', 300);
    table.text('summary').notNullable();
    table.text('reason');
    table.index(['service', 'at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'delivery_notes',
    'delivery_outside_changes',
    'delivery_deployments',
    'delivery_claims',
    'delivery_overrides',
    'delivery_approvals',
    'delivery_log_head',
    'delivery_promotion_events',
    'delivery_promotions',
    'delivery_lanes',
    'delivery_sources',
    'delivery_observations',
    'delivery_releases',
    'delivery_findings',
    'delivery_services',
  ]) {
    await knex.schema.dropTable(table);
  }
};
