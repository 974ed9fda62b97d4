namespace KlingGen.Cli.Pull;

/// <summary>Hears how fetching goes; from several threads.</summary>
internal interface IPullProgress
{
    void Start(int count);

    void Done(PullResult result);
}
