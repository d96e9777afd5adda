package dev.odometer.postgres.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedSqlTest {

    @Test
    void marksEachParameter() {
        var sql = new NamedSql("select :a, x from t where y = any (:b) and z > :a");

        assertThat(sql.text()).isEqualTo("select ?, x from t where y = any (?) and z > ?");
    }

    @Test
    void leavesCastsAndSlicesAlone() {
        var sql = new NamedSql("select (:a::bigint[])[p.first:p.last], '{}'::bigint[]");

        assertThat(sql.text()).isEqualTo("select (?::bigint[])[p.first:p.last], '{}'::bigint[]");
    }

    @Test
    void hasOneTextForTheDriver() {
        var sql = new NamedSql("select :a");

        assertThat(sql.text()).isSameAs(sql.text());
    }
}
