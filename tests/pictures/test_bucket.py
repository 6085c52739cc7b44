"""Pictures may lie in a bucket of a server that speaks S3, as docs/configuration.md says."""

from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.factories import make_assignment, make_problem
from tests.pictures.test_clean_file import png, svg
from tests.pictures.test_showing import sources
from tutor.pictures.storing import store_picture

pytestmark = pytest.mark.django_db
KEY = {"region_name": "eu-central-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_url, settings, read_settings, picture_folder):
    """That of the settings."""
    bucket = boto3.resource("s3", endpoint_url=s3_url, **KEY).Bucket("pictures")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": KEY["region_name"]})
    read = read_settings(
        TUTOR_PICTURES_BUCKET="pictures",
        TUTOR_PICTURES_S3_URL=s3_url,
        TUTOR_PICTURES_S3_REGION=KEY["region_name"],
        TUTOR_PICTURES_S3_KEY=KEY["aws_access_key_id"],
        TUTOR_PICTURES_S3_SECRET=KEY["aws_secret_access_key"],
    )
    settings.STORAGES = read["STORAGES"]
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def test_a_picture_lies_there_once_and_is_removed(bucket, carol, dan):
    picture = store_picture(png(), carol)
    assert store_picture(png(), dan) == picture
    [stored] = bucket.objects.all()
    assert stored.key == picture.path
    assert picture.has_bytes(picture.read())
    picture.remove_file()
    assert not list(bucket.objects.all())


def test_a_student_gets_it_from_lemma_and_never_from_the_bucket(
    bucket, client, alice, bob, carol, section
):
    picture = store_picture(svg("<path d='M0 0h4'/>"), carol)
    problem = make_problem(statement=f"What is 2 + 2? {picture.markdown('two dots')}")
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    [(address, _)] = sources(client.get(item.get_absolute_url()))
    assert address.startswith("/")
    assert client.get(address).content == picture.read()
    client.force_login(bob)
    assert client.get(address).status_code == 404
