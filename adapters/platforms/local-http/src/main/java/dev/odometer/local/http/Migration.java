package dev.odometer.local.http;

import dev.odometer.functions.refusal.StartRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Migrates the schema and exits. For deployments whose services do not migrate, such as functions that scale out. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);

    /** @throws StartRefusal when no database is configured; migrating an embedded one would be useless */
    static void run(String[] arguments) {
        var application = new SpringApplication(Migration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            if (!context.getEnvironment().containsProperty("odometer.database.url")) {
                throw new StartRefusal(
                        "There is no database to migrate.", "Set ODOMETER_DATABASE_URL, _USER and _PASSWORD.");
            }
        });
        application.run(arguments).close();
        LOG.info("The database schema is up to date.");
    }
}
