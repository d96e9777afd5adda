package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresConfigurationTest {

    private static SpringApplicationBuilder application(String... properties) {
        return new SpringApplicationBuilder(PostgresConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties);
    }

    private static void assertRefused(String message, String... properties) {
        assertThatThrownBy(() -> application(properties).run())
                .rootCause()
                .isInstanceOf(StartRefusal.class)
                .hasMessage(message);
    }

    @Test
    void refusesToStartWithoutADatabase() {
        String message = "No database is configured: ODOMETER_DATABASE_URL (odometer.database.url) is not set.";

        assertRefused(message);
        assertRefused(message, "odometer.database.url=");
    }

    /** The message does not contain the rest of the URL, which may contain a password. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:test, jdbc:h2:",
        "postgres://me:secret@db/odometer, postgres:",
        "postgresql://db/odometer, postgresql:",
        "me:secret@db/odometer, something else",
        "localhost, something else"
    })
    void refusesAnotherKindOfDatabase(String url, String shown) {
        assertRefused(
                "odometer.database.url must begin with jdbc:postgresql: but begins with " + shown,
                "odometer.database.url=" + url);
    }

    @Test
    void usesTheDataSourceOfTheApplication() {
        try (var application = application()
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:postgresql://own/own")))
                .run()) {
            assertThat(application.getBeansOfType(DataSource.class)).hasSize(1);
            assertThat(application.getBean(DataSource.class)).isInstanceOf(DriverManagerDataSource.class);
        }
    }

    /** For example, the commands of the Kafka worker, which create no function. */
    @Test
    void needsNoDatabaseWithoutFunctions() {
        try (var application = application().lazyInitialization(true).run()) {
            assertThat(application.isRunning()).isTrue();
        }
    }
}
