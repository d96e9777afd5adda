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
 * Files in Blob Storage, where {@code odometer.files.store} is {@code azure}: in the account at
 * {@code odometer.files.azure.endpoint}, or at that of the trigger for files. With {@code .account} and {@code .account-key}
 * or {@code .sas}, or else as the managed identity, of which {@code .client-id} names one of several.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "azure")
public class AzureFilesConfiguration {

    private static final String PREFIX = "odometer.files.azure.";
    /** Where the function app's blob trigger listens. */
    private static final String TRIGGER = "ODOMETER_AZURE_STORAGE__blobServiceUri";

    @Bean
    FileStore azureFileStore(Environment environment) {
        String endpoint = set(environment, "endpoint", environment.getProperty(TRIGGER, ""));
        if (!endpoint.matches("https?://[^/?#@]+(/[a-z0-9]+)?/?")) {
            throw new StartRefusal(
                    PREFIX + "endpoint must be like https://account.blob.core.windows.net, but is: " + endpoint);
        }
        URI account = URI.create(endpoint.replaceFirst("/$", ""));
        var limits = HttpStore.Limits.DEFAULT;
        return new AzureFileStore(new HttpStore(authority(environment, account, limits), limits), account);
    }

    private static RequestSigner authority(Environment environment, URI account, HttpStore.Limits limits) {
        String sas = set(environment, "sas", "");
        String key = set(environment, "account-key", "");
        if (!sas.isEmpty()) {
            return new SharedAccess(sas);
        }
        if (!key.isEmpty()) {
            String name = set(environment, "account", account.getHost().replaceFirst("\\..*", ""));
            return new SharedKey(name, key, InstantSource.system());
        }
        var identity = ManagedIdentity.Place.from(environment, set(environment, "client-id", ""));
        return new BearerToken(new ManagedIdentity(identity, limits), InstantSource.system());
    }

    private static String set(Environment environment, String name, String otherwise) {
        String value = environment.getProperty(PREFIX + name, "").strip();
        return value.isEmpty() ? otherwise.strip() : value;
    }
}
