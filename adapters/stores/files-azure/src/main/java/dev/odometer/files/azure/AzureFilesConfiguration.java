package dev.odometer.files.azure;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.RequestSigner;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import java.net.URI;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the file store in Azure Blob Storage. It is active when {@code odometer.files.store} is {@code azure}.
 * {@code odometer.files.azure.endpoint} is the endpoint of the storage account, by default that of the Blob trigger.
 * The credentials are {@code .sas}, or {@code .account} and {@code .account-key}, or otherwise the managed identity, of
 * which {@code .client-id} selects one of several.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "azure")
public class AzureFilesConfiguration {

    private static final String PREFIX = "odometer.files.azure.";
    /** The function app's setting for the storage account of its Blob trigger. */
    private static final String TRIGGER = "ODOMETER_AZURE_STORAGE__blobServiceUri";

    @Bean
    FileStore azureFileStore(Environment environment) {
        String endpoint = setting(environment, "endpoint", environment.getProperty(TRIGGER, ""));
        if (!endpoint.matches("https?://[^/?#@]+(/[a-z0-9]+)?/?")) {
            throw new StartRefusal(
                    PREFIX + "endpoint must be like https://account.blob.core.windows.net, but is: " + endpoint);
        }
        URI account = URI.create(endpoint.replaceFirst("/$", ""));
        var limits = HttpStore.Limits.DEFAULT;
        return new AzureFileStore(new HttpStore(signer(environment, account, limits), limits), account);
    }

    private static RequestSigner signer(Environment environment, URI account, HttpStore.Limits limits) {
        String sas = setting(environment, "sas", "");
        String key = setting(environment, "account-key", "");
        if (!sas.isEmpty()) {
            return new SharedAccess(sas);
        }
        if (!key.isEmpty()) {
            String name = setting(environment, "account", account.getHost().replaceFirst("\\..*", ""));
            return new SharedKey(name, key, InstantSource.system());
        }
        var identity = ManagedIdentity.Endpoint.from(environment, setting(environment, "client-id", ""));
        return new BearerToken(new ManagedIdentity(identity, limits), InstantSource.system());
    }

    private static String setting(Environment environment, String name, String fallback) {
        String value = environment.getProperty(PREFIX + name, "").strip();
        return value.isEmpty() ? fallback.strip() : value;
    }
}
