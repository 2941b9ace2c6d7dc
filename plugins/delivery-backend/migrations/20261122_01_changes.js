// SPDX-License-Identifier: Apache-2.0

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('delivery_changes', table => {
    table.comment(
      'How often each service changed; tells replicas to look again',
    );
    table.string('service', 300).primary();
    table.integer('version').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('delivery_changes');
};
