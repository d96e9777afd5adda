package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class OpenConnectionsIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "snapshot-" + NUMBER.incrementAndGet();
    private ConfigurableApplicationContext application;
    private HikariDataSource pool;

    @BeforeEach
    void start() throws SQLException {
        start("odometer.cold-start=false");
    }

    private void start(String setting) throws SQLException {
        String url;
        try (Connection connection = TestDatabase.source().getConnection()) {
            url = connection.getMetaData().getURL();
        }
        application = new SpringApplicationBuilder(PostgresConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(
                        setting,
                        "spring.main.banner-mode=off",
                        "logging.level.root=OFF",
                        "odometer.database.user=postgres")
                .properties(
                        "odometer.database.url=" + url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + name)
                .run();
        pool = application.getBean(HikariDataSource.class);
    }

    @AfterEach
    void end() {
        application.close();
    }

    private long connections() {
        return JdbcClient.create(TestDatabase.source())
                .sql("select count(*) from pg_stat_activity where application_name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    private void awaitConnections(long number) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (connections() != number) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void closeWhenTheApplicationStops() throws Exception {
        try (Connection one = pool.getConnection();
                Connection other = pool.getConnection()) {
            assertThat(one).isNotSameAs(other);
            assertThat(connections()).isEqualTo(2);
        }

        application.stop();

        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isZero();
        awaitConnections(0);
    }

    @Test
    void reopenOnDemand() throws Exception {
        pool.getConnection().close();
        application.stop();
        awaitConnections(0);

        try (Connection again = pool.getConnection()) {
            assertThat(again.isValid(1)).isTrue();
        }
    }

    @Test
    void stayOpenInUseAndDelayTheStopForALimitedTime() throws Exception {
        try (Connection used = pool.getConnection()) {
            application.stop();

            assertThat(used.isValid(1)).isTrue();
        }
        awaitConnections(0);
    }

    @Test
    void openInTheBackgroundOfAColdStart() throws Exception {
        assertThat(connections()).isZero();
        application.close();

        start("odometer.cold-start=true");

        awaitConnections(1);
    }
}
