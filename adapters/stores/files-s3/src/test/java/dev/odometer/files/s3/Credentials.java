package dev.odometer.files.s3;

/** Sets sample credentials as system properties, the first source of AWS's default provider chain. */
final class Credentials {

    private Credentials() {}

    static void set() {
        System.setProperty("aws.accessKeyId", "S3RVER");
        System.setProperty("aws.secretAccessKey", "S3RVER");
    }
}
