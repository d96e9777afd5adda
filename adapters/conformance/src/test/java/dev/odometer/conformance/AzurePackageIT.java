package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Binding;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The package for Azure has a trigger for every kind of row in the tables, with its settings, and nothing unexpected.
 */
class AzurePackageIT {

    private static final Wiring WIRING = Wiring.ofAllFunctions();
    private static final AzureRules RULES = new AzureRules(WIRING.routes(), WIRING.bindings());

    @Test
    void matchesTheTables() throws IOException {
        assertThat(RULES.routes()).isNotEmpty();
        assertThat(RULES.bindings()).isNotEmpty();
        assertThat(RULES.findings(AzurePackage.read())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        eventsFromKafka                           | eventsFromTopic             | not in the package: eventsFromKafka
        eventsFromKafka                           | eventsFromTopic             | not in the tables: eventsFromTopic
        "../odometer-azure-functions-0            | "../azure-0                 | has no file
        HttpTriggers.http                         | HttpTriggers.handle         | http has no single public method
        EventTriggers.queue                       | EventTriggers.kafka         | eventsFromQueue has no single public method
        "kafkaTrigger"                            | "eventHubTrigger"           | eventsFromKafka has the trigger eventHubTrigger
        "MANY"                                    | "ONE"                       | does not take batches
        "maxRetryCount" : -1                      | "maxRetryCount" : 5         | eventsFromEventHub has the retry count of the host: 5
        "maxRetryCount"                           | "count"                     | eventsFromKafka has the retry count of the host: 0
        {*path}                                   | {path}                      | every request
        "ANONYMOUS"                               | "FUNCTION"                  | every request
        "$return"                                 | "answer"                    | every request
        "PATCH", "DELETE"                         | "PATCH"                     | does not accept [DELETE]
        "HEAD",                                   | ~~                          | does not accept [HEAD]
        "routePrefix": ""                         | "prefix": ""                | host.json
        "2.0"                                     | "1.0"                       | host.json
        .ExtensionBundle"                         | .Bundle"                    | host.json
        lib/commons-logging                       | lib/kafka-clients           | unexpected jar: kafka-clients
        lib/commons-logging                       | lib/netty-common            | unexpected jar: netty-common
        lib/odometer-door                         | lib/window                  | missing jar: door
        ODOMETER_AZURE_EVENT_HUB:                 | AZURE_HUB:                  | eventsFromEventHub has no setting ODOMETER_AZURE_EVENT_HUB
        ODOMETER_AZURE_TIMER:                     | TIMER:                      | timer has no setting ODOMETER_AZURE_TIMER
        ODOMETER_AZURE_TIMER: '0 * * * * *'       | ODOMETER_AZURE_TIMER: '0 0 * * * *' | the timer does not run every minute for all schedules
        ODOMETER_AZURE_SCHEDULE: '*'              | ODOMETER_AZURE_SCHEDULE: 'runExports' | the timer does not run every minute for all schedules
        ODOMETER_AZURE_EVENT_HUBS__               | AZURE_HUBS__                | eventsFromEventHub is enabled without a connection
        'AzureWebJobs.eventsFromKafka.Disabled'   | 'AzureWebJobs.eventsFromKafka.Off' | eventsFromKafka is enabled without settings
        eventsFromQueue.Disabled': 'true'         | eventsFromQueue.Disabled': 'no' | eventsFromQueue is enabled without
        '@Microsoft.KeyVault(SecretUri=${vault::keys | 'keys=(${vault::keys     | not in the key vault: ODOMETER_API_KEYS
        @secure()                                 | @description('open')        | not secure: databasePassword
        allowSharedKeyAccess: false               | allowSharedKeyAccess: true  | access by keys
        disableLocalAuth: true                    | disableLocalAuth: false     | access by keys
        """)
    void findsEachDeviation(String was, String is, String finding) throws IOException {
        var altered = new AtomicBoolean();
        AzurePackage app = AzurePackage.read(text -> {
            altered.compareAndSet(false, text.contains(was));
            return text.replace(was, is);
        });

        assertThat(altered).isTrue();
        assertThat(RULES.findings(app)).anyMatch(found -> found.contains(finding));
    }

    @Test
    void findsABindingThatIsNotDeployed() throws IOException {
        var orders = Binding.events("orders", "recordUsage").batch();
        var rules = new AzureRules(
                RULES.routes(),
                Stream.concat(RULES.bindings().stream(), Stream.of(orders)).toList());

        assertThat(rules.findings(AzurePackage.read()))
                .contains(
                        """
                        not in the package: ordersFromEventHub
                          add to adapters/platforms/azure-functions/src/main/java/dev/odometer/azure/functions/EventTriggers.java: a method with \
                        @FunctionName("ordersFromEventHub") and a parameter with @EventHubTrigger
                          add to deploy/azure/main.bicep, appsettings: \
                        'AzureWebJobs.ordersFromEventHub.Disabled': 'true'""",
                        "the triggers do not name their channel: EVENTS: name it in the calls of"
                                + " Deliveries.deliver in adapters/platforms/azure-functions/src/main/java/dev/odometer/azure/functions/");
    }
}
