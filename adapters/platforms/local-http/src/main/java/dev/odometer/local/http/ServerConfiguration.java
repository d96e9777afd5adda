package dev.odometer.local.http;

import dev.odometer.door.health.Readiness;
import dev.odometer.door.http.DoorSettings;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.json.Json;
import dev.odometer.door.start.UnusedSettings;
import dev.odometer.functions.health.ReadinessCheck;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import dev.odometer.local.http.database.EmbeddedDatabase;
import dev.odometer.local.http.server.AddressCheck;
import dev.odometer.local.http.server.BodyBudget;
import dev.odometer.local.http.server.CertificateCheck;
import dev.odometer.local.http.server.ClientTimeouts;
import dev.odometer.local.http.server.ConsoleFiles;
import dev.odometer.local.http.server.DoorServlet;
import dev.odometer.local.http.server.HealthServlet;
import dev.odometer.local.http.server.LimitedHttp11Protocol;
import dev.odometer.local.http.server.PlainErrors;
import dev.odometer.local.http.server.ReplyBudget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Configures Tomcat with the door and the health checks, and without its own error pages. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final int DATABASE_TIMEOUT_SECONDS = 2;
    private static final int MAX_CONNECTIONS_PER_ADDRESS = 1000;
    private static final Optional<String> UNRESPONSIVE = Optional.of("the database does not respond");
    /** Characters that RFC 3986 requires to be encoded, but that clients send, as in {@code filter[model]=gpt}. */
    private static final String RELAXED = "\"<>[\\]^`{|}";

    @Bean
    ServletRegistrationBean<DoorServlet> doorServlet(HttpDoor door, DoorSettings settings, Environment environment) {
        long heap = Runtime.getRuntime().maxMemory();
        var budgets = new DoorServlet.Budgets(BodyBudget.ofHeap(heap, door.maxBodyBytes()), ReplyBudget.ofHeap(heap));
        return registered(
                new DoorServlet(
                        door,
                        ConsoleFiles.find(new Settings(environment::getProperty), settings.basePath()),
                        budgets,
                        ClientTimeouts.from(environment),
                        !settings.apiKeys().areConfigured()),
                "/");
    }

    @Bean
    ServletRegistrationBean<HealthServlet> healthServlet(
            ObjectProvider<DataSource> databases, ObjectProvider<ReadinessCheck> checks, Json json) {
        var readiness = new Readiness(
                () -> Stream.concat(
                        databases.stream().map(database -> () -> problem(database)), checks.orderedStream()),
                json);
        return registered(new HealthServlet(readiness), "/healthz", "/healthz/live", "/healthz/ready");
    }

    private static Optional<String> problem(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_TIMEOUT_SECONDS) ? Optional.empty() : UNRESPONSIVE;
        } catch (SQLException unavailable) {
            return UNRESPONSIVE;
        }
    }

    private static <T extends jakarta.servlet.Servlet> ServletRegistrationBean<T> registered(
            T servlet, String... paths) {
        var registration = new ServletRegistrationBean<>(servlet, paths);
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainTomcat(
            HttpDoor door, Environment environment, ObjectProvider<SslBundles> bundles) {
        AddressCheck.checkAccess(environment);
        CertificateCheck.check(environment, bundles.getIfAvailable()).ifPresent(LOG::warn);
        int perAddress = maxConnectionsPerAddress(new Settings(environment::getProperty));
        return factory -> {
            factory.setProtocol(LimitedHttp11Protocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                customize(connector, door);
                connector.setProperty("maxConnectionsPerAddress", String.valueOf(perAddress));
            });
            factory.addContextCustomizers(context -> removeErrorPages((StandardHost) context.getParent()));
        };
    }

    private static int maxConnectionsPerAddress(Settings settings) {
        // All connections are the proxies' own when there are proxies.
        boolean hasProxies = settings.number("odometer.http.trusted-proxies", 0, 0, Integer.MAX_VALUE) > 0;
        return settings.number(
                "odometer.http.max-connections-per-address",
                hasProxies ? 0 : MAX_CONNECTIONS_PER_ADDRESS,
                0,
                Integer.MAX_VALUE);
    }

    private static void removeErrorPages(StandardHost host) {
        for (Valve valve : host.getPipeline().getValves()) {
            if (valve instanceof ErrorReportValve) {
                host.getPipeline().removeValve(valve);
            }
        }
        host.setErrorReportValveClass(PlainErrors.class.getName());
    }

    private static void customize(Connector connector, HttpDoor door) {
        // Pass these requests to the door, so that it answers them like all others.
        connector.setAllowTrace(true);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setProperty("relaxedQueryChars", RELAXED);
        connector.setProperty("relaxedPathChars", RELAXED);
        // Read more of a body that is too large, so that the client gets the reply instead of a connection reset.
        connector.setProperty("maxSwallowSize", String.valueOf(2L * door.maxBodyBytes()));
    }

    /** A word on the command line is a misspelled command, unless the application has a runner that may read it. */
    @Bean
    ApplicationListener<ApplicationStartedEvent> unknownCommands(
            ObjectProvider<ApplicationArguments> arguments,
            ObjectProvider<ApplicationRunner> runners,
            ObjectProvider<CommandLineRunner> commands) {
        return started -> {
            List<String> words = arguments.stream()
                    .flatMap(given -> given.getNonOptionArgs().stream())
                    .toList();
            if (!words.isEmpty()
                    && runners.stream().findAny().isEmpty()
                    && commands.stream().findAny().isEmpty()) {
                throw new StartRefusal(
                        "There is no command " + words.get(0) + ".",
                        "Start the service without it. Settings have the form --name=value.");
            }
        };
    }

    @Bean
    UnusedSettings unusedSettings() {
        return new UnusedSettings();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> greeting(
            Environment environment, ObjectProvider<EmbeddedDatabase> own, ObjectProvider<DataSource> databases) {
        return ready -> LOG.info(
                "{} listens on {}://{}:{}{}",
                environment.getProperty("spring.application.name", "The service"),
                scheme(ready.getApplicationContext()),
                environment.getProperty("server.address", "0.0.0.0"),
                environment.getProperty("local.server.port"),
                place(own.getIfAvailable(), databases.stream().findAny().isPresent()));
    }

    private static String scheme(ApplicationContext context) {
        boolean isSecure = context instanceof WebServerApplicationContext service
                && service.getWebServer() instanceof TomcatWebServer server
                && server.getTomcat().getConnector().getSecure();
        return isSecure ? "https" : "http";
    }

    private static String place(@Nullable EmbeddedDatabase own, boolean given) {
        if (own != null) {
            return " and keeps its data in " + own.folder();
        }
        return given ? " and keeps its data in the configured database" : "";
    }
}
