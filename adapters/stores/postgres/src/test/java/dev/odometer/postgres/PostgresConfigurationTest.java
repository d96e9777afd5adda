package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
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

    private static void assertRefused(String... properties) {
        assertThatThrownBy(() -> application(properties).run())
                .rootCause()
                .isInstanceOf(StartRefusal.class)
                .hasMessage("No database is configured: ODOMETER_DATABASE_URL must be a jdbc:postgresql: URL");
    }

    @Test
    void refusesToStartWithoutADatabase() {
        assertRefused();
        assertRefused("odometer.database.url=");
    }

    @Test
    void refusesAnotherKindOfDatabase() {
        assertRefused("odometer.database.url=jdbc:h2:mem:test");
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
